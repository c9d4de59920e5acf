import type { JsonObject, ModuleFactory } from '../types';
import { isObject, optionsOf, scriptError } from './arguments';

const HOST_TYPES: Record<string, string> = {
  APPLICATION: 'app',
  CUSTOMERCENTER: 'app',
  RESTLETS: 'restlets.api',
  SUITETALK: 'suitetalk.api',
  FORMS: 'extforms',
};

/** N/url: paths and hosts of the account (page section_4358552361). */
export const createUrlModule: ModuleFactory = (guest) => {
  const compid = guest.info.accountId;
  const withParams = (path: string, params: unknown): string => {
    const pairs = isObject(params) ? query(params) : '';
    return pairs === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${pairs}`;
  };
  return {
    HostType: Object.freeze({
      APPLICATION: 'APPLICATION',
      CUSTOMER_CENTER: 'CUSTOMERCENTER',
      RESTLET: 'RESTLETS',
      SUITETALK: 'SUITETALK',
      FORM: 'FORMS',
    }),
    format(first: unknown, second?: unknown): string {
      const { domain, params } = optionsOf(first, ['domain', 'params'], [second]);
      const base = String(domain);
      return isObject(params) ? `${base}${base.includes('?') ? '&' : '?'}${query(params)}` : base;
    },
    resolveDomain({ hostType, accountId }: { hostType?: unknown; accountId?: string }): string {
      const host = HOST_TYPES[String(hostType).toUpperCase()];
      if (!host)
        throw scriptError(
          'INVALID_FLD_VALUE',
          `You have entered an Invalid Field Value ${String(hostType)} for the following field: hostType`,
        );
      return `${hostName(accountId ?? compid)}.${host}.netsuite.com`;
    },
    resolveRecord(options: {
      recordType?: unknown;
      recordId?: unknown;
      isEditMode?: boolean;
      params?: unknown;
    }): string {
      const path = guest.syscall<string>('url.record', { type: String(options.recordType ?? '') });
      const id = options.recordId ? `id=${String(options.recordId)}&compid=${compid}` : `compid=${compid}`;
      const asked = `${path}${path.includes('?') ? '&' : '?'}${id}`;
      return withParams(`${asked}${options.isEditMode ? '&e=T' : ''}`, options.params);
    },
    resolveScript(options: {
      scriptId?: unknown;
      deploymentId?: unknown;
      returnExternalUrl?: boolean;
      params?: unknown;
    }): string {
      const found = guest.syscall<JsonObject>('url.script', {
        scriptId: text(options.scriptId),
        deploymentId: text(options.deploymentId),
      });
      const { type, script, deploy } = found as Record<string, string>;
      const file = type === 'restlet' ? 'restlet.nl' : 'scriptlet.nl';
      const path = `/app/site/hosting/${file}?script=${script}&deploy=${deploy}&compid=${compid}`;
      const host = type === 'restlet' ? 'restlets.api' : 'extforms';
      return withParams(
        options.returnExternalUrl ? `https://${hostName(compid)}.${host}.netsuite.com${path}` : path,
        options.params,
      );
    },
    resolveTaskLink(first: unknown, second?: unknown): string {
      const { id, params } = optionsOf(first, ['id', 'params'], [second]);
      if (typeof id !== 'string')
        throw scriptError(
          'INVALID_TASK_ID',
          `The task ID: ${String(id)} is not valid. Please refer to the documentation for a list of supported task IDs.`,
        );
      return withParams(guest.syscall<string>('url.task', { id }), params);
    },
  };
};

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** `1234567_SB1` is served at `1234567-sb1`. */
const hostName = (accountId: string): string => accountId.toLowerCase().replaceAll('_', '-');

const encode = (value: unknown): string =>
  value === undefined || value === null ? '' : encodeURIComponent(String(value)).replaceAll('%20', '+');

function query(params: Record<string, unknown>): string {
  return Object.entries(params)
    .flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((item) => `${encode(name)}[]=${encode(item)}`)
        : [`${encode(name)}=${encode(value)}`],
    )
    .join('&');
}
