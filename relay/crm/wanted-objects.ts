import type { Flow } from '../../flows';
import type { WantedObject } from '../delivery/crm-adapter';
import { statusFieldsOf, tellsStatus } from '../writeback/status-fields';
import { pathsOf } from './salesforce/build-query';

/** What the enabled flows of a CRM need of its objects; with `settings`, only those flows that are in force under them. */
export function wantedObjects(
  flows: readonly Flow[],
  crm: { name: string; kind: string },
  settings?: Readonly<Record<string, unknown>>,
): WantedObject[] {
  const inForce = ({ onlyWith }: Pick<Flow, 'onlyWith'>): boolean =>
    settings === undefined || onlyWith === undefined || Boolean(settings[onlyWith]);
  const own = flows.filter((flow) => flow.enabled && inForce(flow) && (flow.crm === crm.name || flow.crm === crm.kind));
  return [...new Set(own.map(({ object }) => object))].map((object) => {
    const towards = (direction: Flow['direction']): Flow[] =>
      own.filter((flow) => flow.object === object && flow.direction === direction);
    const written = towards('toCrm');
    const sent = towards('toNetSuite');
    const status = sent.length > 0 && tellsStatus(object) ? statusFieldsOf(crm.kind) : [];
    return {
      object,
      reads: pathsOf([...sent, ...written]).choices,
      // `hs_price_{currency}` is one property for each currency of the books.
      writes: new Set([
        ...written.flatMap(({ fields }) =>
          fields
            .filter(inForce)
            .map(({ to }) => to)
            .filter((one) => !one.includes('{')),
        ),
        // What each record says of its own way to NetSuite.
        ...status,
      ]),
      // What only proposes is searched, not looked up. `IsoCode+StartDate` is looked up by query: no field of its own.
      keys: new Set(
        written.flatMap(({ match }) =>
          match.flatMap(({ field, strength }) => (strength === 'exact' && !field.includes('+') ? [field] : [])),
        ),
      ),
    };
  });
}
