import { crmIdOfKey } from '../crm-id-of-key';
import type { Transform } from '../types';

/** The CRM id within an external id of NetSuite, option `prefix`; left alone when the record is not of that kind. */
export const crmIdFromKey: Transform = (value, { settings }, options) =>
  crmIdOfKey(value, typeof options['prefix'] === 'string' ? options['prefix'] : '', settings['externalIdSuffix']) ??
  undefined;
