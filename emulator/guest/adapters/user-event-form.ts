import { unsupported } from '../errors';

/** What changes the look of the page only: nobody looks at it here, so it is taken and forgotten. */
const LOOKS = new Set([
  'addButton',
  'removeButton',
  'addPageInitMessage',
  'addPageLink',
  'addResetButton',
  'setScript',
  'updateDefaultValues',
]);
const PROPERTIES = new Set(['title', 'clientScriptModulePath', 'clientScriptFileId']);

/** `context.form` of beforeLoad (page section_4407991781). What would answer a widget throws and names itself: there is no page. */
export function createForm(): object {
  const values: Record<string, unknown> = { title: '' };
  return new Proxy(values, {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'toJSON' || key === 'then') return undefined;
      if (PROPERTIES.has(key)) return values[key];
      if (LOOKS.has(key)) return () => null;
      throw unsupported(`form.${key}`);
    },
    set: (_target, key, value) => {
      if (!PROPERTIES.has(String(key))) throw unsupported(`form.${String(key)}`);
      values[String(key)] = value;
      return true;
    },
  });
}
