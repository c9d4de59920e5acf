import { MAX_FILE_BYTES } from '../../contract';
import type { RelayConfig } from '../config/schema';
import { ContentTooLarge } from '../crm/http-call';
import { sourceOfCrm } from '../crm/source-of-crm';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { FileNotRead, type FileReader } from '../dispatch';

/** Reads files from the CRM that an operation's record came from. */
export const fileReader =
  (config: RelayConfig, adapters: readonly CrmAdapter[]): FileReader =>
  async ({ crm, source, id }, signal) => {
    const named = config.crm.filter(({ name, kind }) => name === crm || kind === crm);
    const own = named.find((one) => sourceOfCrm(config, one)?.name === source) ?? named[0];
    const adapter = adapters.find(({ name }) => name === own?.name);
    if (!adapter?.readFile) {
      const message = `${crm} is not among the configured CRMs that files can be read from`;
      throw new FileNotRead({ class: 'configuration', code: 'NO_CRM', message });
    }
    try {
      return await adapter.readFile(id, MAX_FILE_BYTES, signal);
    } catch (error) {
      if (!(error instanceof ContentTooLarge)) throw new FileNotRead(adapter.classifyError(error));
      throw new FileNotRead({ class: 'data', code: 'FILE_TOO_LARGE', message: error.message });
    }
  };
