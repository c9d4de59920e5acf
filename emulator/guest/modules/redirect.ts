import { unsupported } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { isObject, requireArguments, type Options } from './arguments';

interface UrlModule {
  resolveScript(options: object): string;
  resolveRecord(options: object): string;
  format(options: object): string;
}

/** N/redirect (page section_4424281101). In a Suitelet it is the answer; in a User Event only a browser would follow it, so it changes nothing. */
export const createRedirectModule: ModuleFactory = (guest) => {
  const url = (): UrlModule => guest.module<UrlModule>('N/url');
  const refuse = (name: string) => () => {
    throw unsupported(`redirect.${name}`);
  };
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
    toRecordTransform: refuse('toRecordTransform'),
    toSavedSearch: refuse('toSavedSearch'),
    toSavedSearchResult: refuse('toSavedSearchResult'),
    toSearch: refuse('toSearch'),
    toSearchResult: refuse('toSearchResult'),
    toTaskLink: refuse('toTaskLink'),
  };
};

function go(guest: Guest, target: string): void {
  (guest.bridges.redirect as ((url: string) => void) | undefined)?.(target);
}
