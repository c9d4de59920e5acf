// A RESTlet that lists what scripts find in each N module: functions, enums, and the methods of sample objects.
// A member that only refuses carries the emulator's word for it in its source text.
export const INTROSPECT = `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['require'], (require) => {
  const load = (id) => { let found; require([id], (m) => { found = m; }); return found; };
  const refuses = (fn) => { const text = Function.prototype.toString.call(fn); return text.length < 400 && /unsupported\\)?\\(|refuse\\)?\\(/.test(text); };
  const stateOf = (value) => (typeof value === 'function' && refuses(value) ? 'throws' : 'done');
  const listed = (object, prefix, out) => {
    for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) {
        if (name === 'constructor' || prefix + name in out) continue;
        let value; try { value = object[name]; } catch (e) { value = null; if (e.name === 'EMULATOR_UNSUPPORTED') { out[prefix + name] = 'throws'; continue; } }
        if (value !== undefined) out[prefix + name] = stateOf(value);
      }
    }
    return out;
  };
  const SAMPLES = {
    'N/record': (m) => { const r = m.create({ type: 'customer' }); const d = m.create({ type: 'salesorder', isDynamic: true }); return { Record: d, ClientCurrentRecord: d, Field: r.getField({ fieldId: 'email' }), Sublist: d.getSublist({ sublistId: 'item' }), Column: d.getSublist({ sublistId: 'item' }).getColumn({ fieldId: 'quantity' }) }; },
    'N/search': (m) => { const s = m.create({ type: 'employee', columns: ['email'] }); const rs = s.run(); const paged = s.runPaged({ pageSize: 5 }); return { Search: s, ResultSet: rs, Result: rs.getRange({ start: 0, end: 1 })[0], Column: m.createColumn({ name: 'email' }), Filter: m.createFilter({ name: 'email', operator: 'is', values: 'x' }), PagedData: paged, Page: paged.fetch({ index: 0 }), Setting: m.createSetting({ name: 'consolidationtype', value: 'NONE' }) }; },
    'N/query': (m) => { const r = m.runSuiteQL({ query: 'SELECT id FROM employee' }); const p = m.runSuiteQLPaged({ query: 'SELECT id FROM employee ORDER BY id' }); const out = { ResultSet: r, Result: r.results[0], PagedData: p, Page: p.fetch({ index: 0 }), Iterator: r.iterator(), FetchType: p.fetch, PageIterator: p.iterator(), RelativeDate: m.createRelativeDate({ dateId: 'dago', value: 1 }), RunSuiteQL: m.runSuiteQL, RunSuiteQLPaged: m.runSuiteQLPaged, deleteQuery: m.delete }; const q = m.create({ type: 'employee' }); q.columns = [q.createColumn({ fieldId: 'id' })]; return Object.assign(out, { Query: q, Component: q.root, Column: q.columns[0], RunMethodType: q.run, RunPagedMethodType: q.runPaged, SuiteQL: q.toSuiteQL() }); },
    'N/file': (m) => { const f = m.create({ name: 'a', fileType: 'PLAINTEXT', contents: 'x' }); return { File: f, FileReader: f.getReader(), FileIterator: f.lines.iterator() }; },
    'N/compress': (m) => ({ Archiver: m.createArchiver() }),
    'N/cache': (m) => ({ Cache: m.getCache({ name: 'x' }) }),
    'N/crypto': (m) => { const key = m.createSecretKey({ secret: 'custsecret_x' }); return { SecretKey: key, Hash: m.createHash({ algorithm: 'SHA256' }), Hmac: m.createHmac({ algorithm: 'SHA256', key }), Cipher: m.createCipher({ algorithm: 'AES', key }), Decipher: m.createDecipher({ algorithm: 'AES', key, iv: '00' }) }; },
    'N/https': (m) => ({ SecureString: m.createSecureString({ input: 'x' }) }),
    'N/runtime': (m) => ({ Script: m.getCurrentScript(), Session: m.getCurrentSession(), User: m.getCurrentUser() }),
    'N/error': (m) => ({ SuiteScriptError: m.create({ name: 'x', message: 'y' }) }),
    'N/format/i18n': (m) => ({ NumberFormatter: m.getNumberFormatter(), CurrencyFormatter: m.getCurrencyFormatter({ currency: 'USD' }) }),
    'N/task': (m) => ({ MapReduceScriptTask: m.create({ taskType: 'MAP_REDUCE' }), ScheduledScriptTask: m.create({ taskType: 'SCHEDULED_SCRIPT' }), WorkflowTriggerTask: m.create({ taskType: 'WORKFLOW_TRIGGER' }), MapReduceScriptTaskStatus: m.checkStatus({ taskId: 'MAPREDUCETASK_0' }), ScheduledScriptTaskStatus: m.checkStatus({ taskId: 'SCHEDSCRIPTTASK_0' }), WorkflowTriggerTaskStatus: m.checkStatus({ taskId: 'WORKFLOWTRIGGERTASK_0' }), SearchTask: m.create({ taskType: 'SEARCH' }), QueryTask: m.create({ taskType: 'QUERY' }), SuiteQLTask: m.create({ taskType: 'SUITEQL' }), SearchTaskStatus: m.checkStatus({ taskId: 'SEARCHTASK_0' }) }),
    'N/xml': (m) => { const d = m.Parser.fromString({ text: '<a b="c">t</a>' }); return { NSNode: d, NSXMLDocument: d, NSElement: d.documentElement, NSAttr: d.documentElement.getAttributeNode ? d.documentElement.getAttributeNode({ name: 'b' }) : d, ParserObject: m.Parser, XPathObject: m.XPath }; },
    'N/ui/serverWidget': (m) => { const f = m.createForm({ title: 'x' }); const s = f.addSublist({ id: 's', type: 'LIST', label: 's' }); const l = m.createList({ title: 'x' }); return { Form: f, BaseForm: f, Sublist: s, Field: f.addField({ id: 'f', type: 'TEXT', label: 'f' }), List: l, ListColumn: l.addColumn({ id: 'c', type: 'TEXT', label: 'c' }) }; },
    'N/render': (m) => ({ TemplateRenderer: m.create() }),
    'N/translation': (m) => ({ Handle: m.load({ collections: [{ alias: 'x', collection: 'custcollection_introspect', keys: ['x'] }] }) }),
    'N/ui/message': (m) => ({ Message: m.create({ type: 1 }) }),
  };
  const task = (taskType, ...types) => Object.fromEntries(types.map((type) => [type, (m) => m.create({ taskType })]));
  // Objects a script gets from one call only, which must throw by name: their members can't be reached.
  const MAKERS = {
    'N/format/i18n': { PhoneNumberFormatter: (m) => m.getPhoneNumberFormatter(), PhoneNumberParser: (m) => m.getPhoneNumberParser() },
    'N/ui/serverWidget': { Assistant: (m) => m.createAssistant({ title: 'x' }), AssistantStep: (m) => m.createAssistant({ title: 'x' }) },
    'N/record': { Macro: (m) => m.create({ type: 'customer' }).getMacro({ id: 'x' }), 'ClientCurrentRecord.copy': () => load('N/currentRecord').get() },
    'N/task': {
      ...task('CSV_IMPORT', 'CsvImportTask', 'CsvImportTaskStatus'),
      ...task('DOCUMENT_CAPTURE', 'DocumentCaptureTask', 'DocumentCaptureTaskStatus'),
      ...task('ENTITY_DEDUPLICATION', 'EntityDeduplicationTask', 'EntityDeduplicationTaskStatus'),
      ...task('RECORD_ACTION', 'RecordActionTask'),
    },
  };
  const unmakeable = (id, module) => Object.entries(MAKERS[id] || {}).flatMap(([name, make]) => {
    try { make(module); } catch (e) { if (/^(EMULATOR_UNSUPPORTED|SSS_INVALID_MACRO_ID)$/.test(e.name)) return [name]; }
    return [];
  });
  return {
    post: (ids) => Object.fromEntries(ids.map((id) => {
      let module;
      try { module = load(id); } catch (e) { return [id, { state: String(e.message).includes(id) ? 'refused' : 'absent', members: {} }]; }
      try { module.anything; } catch (e) { return [id, { state: 'refused', members: {} }]; }
      const members = listed(module, '', {});
      let samples = {};
      try { samples = (SAMPLES[id] || (() => ({})))(module); } catch (e) { members['sample failed: ' + e.message] = 'done'; }
      for (const [name, object] of Object.entries(samples)) if (object) listed(object, name + '.', members);
      return [id, { state: 'present', members, unmakeable: unmakeable(id, module) }];
    })),
  };
});`;
