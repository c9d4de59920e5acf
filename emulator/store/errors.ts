/** Another record of the group already has this external id. The record engine turns it into the class's duplicate error. */
export class DuplicateExternalIdError extends Error {
  override readonly name = 'DuplicateExternalIdError';
  readonly group: string;
  readonly externalId: string;
  readonly holder: { type: string; id: string };

  constructor(group: string, externalId: string, holder: { type: string; id: string }) {
    super(`external id "${externalId}" of group ${group} belongs to ${holder.type} ${holder.id}`);
    this.group = group;
    this.externalId = externalId;
    this.holder = holder;
  }
}
