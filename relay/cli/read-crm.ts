import type { CrmAdapter } from '../delivery/crm-adapter';
import { CliError } from './cli-error';

/** Every record of an object, page by page. Throws `CliError` with the CRM's own words when it can't be read. */
export async function* readCrm(
  adapter: CrmAdapter,
  object: string,
  signal: AbortSignal,
): AsyncGenerator<readonly { id: string; record: unknown }[]> {
  if (!adapter.readAll) throw new CliError(`${adapter.name} can not be read as a whole.`, 2);
  const pages = adapter.readAll(object, signal)[Symbol.asyncIterator]();
  for (;;) {
    let page: Awaited<ReturnType<typeof pages.next>>;
    try {
      page = await pages.next();
    } catch (error) {
      const { code, message } = adapter.classifyError(error);
      throw new CliError(
        `${object} of ${adapter.name} can't be read: ${code}: ${message} \`suiterelay doctor\` says more.`,
      );
    }
    if (page.done === true) return;
    yield page.value;
  }
}
