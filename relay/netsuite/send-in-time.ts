import type { Dispatcher } from 'undici';

/** Thrown by a request that was not sent. */
export class TooLate extends Error {
  override readonly name = 'TooLate' as const;
  constructor() {
    super('Too much time had passed when the request was to be sent.');
  }
}

/**
 * Asks at the last moment, when the connection stands and nothing is written yet: a process may be stopped, or a machine suspended, while a
 * connection comes about. The request then ends with `TooLate`, and the server has seen nothing of it.
 */
export const sendInTime =
  (inTime: () => boolean): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        if (inTime()) handler.onRequestStart?.(controller, context);
        else controller.abort(new TooLate());
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
