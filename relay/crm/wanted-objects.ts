import type { Flow } from '../../flows';
import type { WantedObject } from '../delivery/crm-adapter';
import { pathsOf } from './salesforce/build-query';

/** What the enabled flows of a CRM need of its objects. */
export function wantedObjects(flows: readonly Flow[], crm: { name: string; kind: string }): WantedObject[] {
  const own = flows.filter((flow) => flow.enabled && (flow.crm === crm.name || flow.crm === crm.kind));
  return [...new Set(own.map(({ object }) => object))].map((object) => {
    const towards = (direction: Flow['direction']): Flow[] =>
      own.filter((flow) => flow.object === object && flow.direction === direction);
    const written = towards('toCrm');
    return {
      object,
      reads: pathsOf([...towards('toNetSuite'), ...written]).choices,
      // `hs_price_{currency}` is one property for each currency of the books.
      writes: new Set(written.flatMap(({ fields }) => fields.map(({ to }) => to).filter((one) => !one.includes('{')))),
      // What only proposes is searched, not looked up. `IsoCode+StartDate` is looked up by query: no field of its own.
      keys: new Set(
        written.flatMap(({ match }) =>
          match.flatMap(({ field, strength }) => (strength === 'exact' && !field.includes('+') ? [field] : [])),
        ),
      ),
    };
  });
}
