import { unsupported } from '../errors';
import type { ModuleFactory } from '../types';

/** Modules of NetSuite that this emulator lacks. They load, as `define` needs them; whatever is read from them throws and names it. */
const NAMES =
  'N/action N/auth N/certificateControl N/commerce/recordView N/crypto/certificate N/dataset N/datasetLink N/documentCapture N/https/clientCertificate ' +
  'N/keyControl N/kpi N/llm N/machineTranslation N/manufacturing/productionCharges N/pgp N/piremoval N/plugin N/portlet N/sftp N/sso ' +
  'N/task/accounting/recognition N/ui N/ui/dialog N/workbook';

export const refusedModules = (): string[] => NAMES.split(' ');

/** What tools and the language itself ask of any object; a script's own reads are text keys beside these. */
const LANGUAGE_KEYS = ['then', 'default', '__esModule', 'toJSON', 'toString', 'valueOf', 'constructor', 'prototype'];

/** Gives `target` a method for each name that throws, saying `owner.name`; for parts of an object this emulator lacks. */
export function refuseMethods(target: object, owner: string, names: string): void {
  for (const name of names.split(' ')) {
    const value = (): never => {
      throw unsupported(`${owner}.${name}`);
    };
    Object.defineProperty(target, name, { value, configurable: true });
  }
}

/** The same for a property: reading it throws. Not enumerable, so that copying the object reads nothing. */
export function refuseProperty(target: object, owner: string, name: string): void {
  Object.defineProperty(target, name, {
    get: (): never => {
      throw unsupported(`${owner}.${name}`);
    },
  });
}

const refusedModule = (id: string): object =>
  new Proxy(
    {},
    {
      get: (_target, key) => {
        if (typeof key === 'symbol' || LANGUAGE_KEYS.includes(key)) return undefined;
        throw unsupported(`${id.slice(2)}.${key}`);
      },
    },
  );

/** The module's factory if it is one of those; made when asked for, as most executions ask for none. */
export const refusedFactory = (id: string): ModuleFactory | undefined =>
  refusedModules().includes(id) ? () => refusedModule(id) : undefined;
