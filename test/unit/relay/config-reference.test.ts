import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { configSchema } from '../../../relay/config/schema';
import { hubspotOptionsSchema } from '../../../relay/crm/hubspot/hubspot-client';
import { restOptionsSchema } from '../../../relay/crm/rest/rest-options';
import { salesforceOptionsSchema } from '../../../relay/crm/salesforce/salesforce-client';

interface Shape {
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
}

/** Every setting by its path, `[]` behind the name of a list: `sources[].keys[].sha256`. */
function pathsOf(shape: Shape, at = ''): string[] {
  const parts = [...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap((one) => pathsOf(one, at));
  const items = shape.items === undefined ? [] : pathsOf(shape.items, `${at}[]`);
  const inner = Object.entries(shape.properties ?? {}).flatMap(([name, one]) =>
    pathsOf(one, at === '' ? name : `${at}.${name}`),
  );
  const below = [...new Set([...parts, ...items, ...inner])];
  return below.length > 0 || at === '' ? below : [at];
}

const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

test('docs/configuration.md describes every setting of the relay, and none that is not there', () => {
  const own = pathsOf(shapeOf(configSchema)).filter((one) => !one.startsWith('flows[].'));
  const ofCrms = [salesforceOptionsSchema, hubspotOptionsSchema, restOptionsSchema].flatMap((schema) =>
    pathsOf(shapeOf(schema), 'crm[]'),
  );
  const settings = [...new Set([...own, ...ofCrms].map((one) => one.replace(/\[\]$/, '')))];
  const page = readFileSync(path.join(__dirname, '../../../docs/configuration.md'), 'utf8');
  const described = [...page.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  expect(described.sort()).toEqual(settings.sort());
});
