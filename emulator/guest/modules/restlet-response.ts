import { missingArgument } from '../errors';
import type { ModuleFactory } from '../types';
import { invalidTypeArgument, isObject, readOnly, scriptError } from './arguments';

/** N/scriptTypes/restlet: a response whose content type the script chooses (since 2024.2, free). */
export const createRestletModule: ModuleFactory = (guest) => {
  const responses = new WeakMap<object, { content: string; contentType: string }>();
  // The RESTlet adapter asks whether what a script returned is such a response.
  guest.bridges.restletResponse = (value: unknown) => (isObject(value) ? responses.get(value) : undefined);
  return {
    createResponse(options: unknown): object {
      if (!isObject(options)) throw missingArgument('restlet.createResponse', 'options');
      for (const name of ['content', 'contentType']) {
        if (options[name] === undefined || options[name] === null)
          throw missingArgument('restlet.createResponse', name);
        if (typeof options[name] !== 'string') throw invalidTypeArgument(name);
      }
      const unknown = Object.keys(options).find((name) => name !== 'content' && name !== 'contentType');
      if (unknown !== undefined) throw scriptError('UNKNOWN_PARAM', `Unknown parameter: ${unknown}.`);
      const { content, contentType } = options as { content: string; contentType: string };
      const response = { toString: () => 'restlet.Response', toJSON: () => ({ content, contentType }) };
      readOnly(response, '', { content: () => content, contentType: () => contentType });
      responses.set(response, { content, contentType });
      return response;
    },
  };
};
