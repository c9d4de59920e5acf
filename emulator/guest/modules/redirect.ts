import type { Guest, ModuleFactory } from '../types';
import { isObject, requireArguments, type Options } from './arguments';

interface UrlModule {
  resolveScript(options: object): string;
  resolveRecord(options: object): string;
  format(options: object): string;
  resolveTaskLink(options: object): string;
}

/** N/redirect (page section_4424281101). In a Suitelet it is the answer; in a User Event only a browser would follow it, so it changes nothing. */
export const createRedirectModule: ModuleFactory = (guest) => {
  const url = (): UrlModule => guest.module<UrlModule>('N/url');
  return {
    redirect(options: Options): void {
      requireArguments('redirect.redirect', options ?? {}, ['url']);
      const target = String(options.url);
      go(guest, isObject(options.parameters) ? url().format({ domain: target, params: options.parameters }) : target);
    },
    toSuitelet(options: Options): void {
      requireArguments('redirect.toSuitelet', options ?? {}, ['scriptId', 'deploymentId']);
      go(
        guest,
        url().resolveScript({ ...options, returnExternalUrl: options.isExternal === true, params: options.parameters }),
      );
    },
    toRecord(options: Options): void {
      requireArguments('redirect.toRecord', options ?? {}, ['type', 'id']);
      go(
        guest,
        url().resolveRecord({
          recordType: options.type,
          recordId: options.id,
          isEditMode: options.isEditMode === true,
          params: options.parameters,
        }),
      );
    },
    toRecordTransform(options: Options): void {
      requireArguments('redirect.toRecordTransform', options ?? {}, ['fromType', 'fromId', 'toType']);
      const { fromType, fromId, toType, parameters } = options;
      const sent = { fromType: String(fromType), fromId: String(fromId), toType: String(toType) };
      const target = guest.syscall<string>('url.transform', sent);
      go(guest, isObject(parameters) ? url().format({ domain: target, params: parameters }) : target);
    },
    toSavedSearch: toSaved(guest, 'toSavedSearch', '/app/common/search/search.nl?id='),
    toSavedSearchResult: toSaved(guest, 'toSavedSearchResult', '/app/common/search/searchresults.nl?searchid='),
    toSearch: toSearch(guest, 'toSearch', '/app/common/search/search.nl'),
    toSearchResult: toSearch(guest, 'toSearchResult', '/app/common/search/searchresults.nl'),
    toTaskLink(options: Options): void {
      requireArguments('redirect.toTaskLink', options ?? {}, ['id']);
      // Where only a browser would follow it, a task whose page nobody knows does no harm.
      if (guest.bridges.redirect) go(guest, url().resolveTaskLink({ id: options.id, params: options.parameters }));
    },
  };
};

function go(guest: Guest, target: string): void {
  (guest.bridges.redirect as ((url: string) => void) | undefined)?.(target);
}

/** A saved search by its internal id, which is loaded for 5 units (pages section_4424988669, section_4424286105). */
const toSaved =
  (guest: Guest, method: string, page: string) =>
  (options: Options): void => {
    requireArguments(`redirect.${method}`, options ?? {}, ['id']);
    guest.syscall('search.load', { id: String(options.id) });
    go(guest, `${page}${String(options.id)}`);
  };

/** A search of this session (pages section_4424988719, section_4424988724). */
const toSearch =
  (guest: Guest, method: string, page: string) =>
  (options: Options): void => {
    requireArguments(`redirect.${method}`, options ?? {}, ['search']);
    go(guest, page);
  };
