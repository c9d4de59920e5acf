import type { Adapter, Guest } from '../types';
import { createServerRequest, type RequestData } from './server-request';
import { createServerResponse, type ResponseData } from './server-response';

/** Calls `onRequest({request, response})`; the answer is what was written (page section_4407995117). */
export const callSuitelet: Adapter = async (call, guest: Guest) => {
  const data: ResponseData = { status: 200, headers: {}, body: '', redirect: null };
  guest.bridges.redirect = (url: string) => {
    data.redirect = url;
  };
  const request = createServerRequest(guest, call.input as unknown as RequestData);
  const response = createServerResponse(guest, data);
  await call.script.onRequest?.(Object.freeze({ request, response }));
  return data;
};
