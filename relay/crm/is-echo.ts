import type { Flow } from '../../flows';
import type { CrmChange } from '../delivery/crm-adapter';
import { pathsOf } from './salesforce/build-query';

export type EchoJudge = (change: Pick<CrmChange, 'own' | 'fields'>) => boolean;

/**
 * Judges whether a change of an object with these flows is only our own write coming back. An org's automation runs in the transaction
 * of our write and is told with our name: a change of a field that flows read, and that none of them writes, is somebody else's.
 */
export function echoJudge(flows: readonly Flow[]): EchoJudge {
  const outbound = flows.filter(({ direction }) => direction === 'toCrm');
  const written = new Set(outbound.flatMap((flow) => flow.fields.map(({ to }) => to)));
  const paths = pathsOf(flows.filter(({ direction }) => direction === 'toNetSuite')).choices.flat();
  const roots = [...new Set(paths.map((path) => path.split('.')[0]!))];
  return ({ own, fields = [] }) =>
    own === true && !fields.some((field) => !written.has(field) && roots.some((root) => isPartOf(root, field)));
}

/** `BillingCity` is part of `BillingAddress` and of `BillingAddress.City`, `FirstName` of `Name.FirstName`, `Owner.Email` of `OwnerId`. */
function isPartOf(root: string, field: string): boolean {
  const [whole = '', part] = field.split('.');
  const compound = /^(.*)Address$/.exec(whole)?.[1];
  if (compound !== undefined) return part === undefined ? root.startsWith(compound) : root === compound + part;
  return [whole, part, whole.replace(/Id$/, ''), whole.replace(/__c$/, '__r')].includes(root);
}
