/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post() {
    const cols = [
      search.createColumn({ name: 'formulatext', formula: 'UPPER({name})' }),
      search.createColumn({ name: 'formulatext_2', formula: "NVL({custrecord_t_prio}, '-') || '!'" }),
      search.createColumn({ name: 'formulanumeric', formula: 'ROUND({custrecord_t_hours} * 2, 1)' }),
      search.createColumn({ name: 'formulatext_3', formula: "TO_CHAR({custrecord_t_due}, 'MM/YYYY')" }),
      search.createColumn({
        name: 'formulatext_4',
        formula: "{custrecord_t_cust.entityid} || ' (' || {custrecord_t_cust.internalid} || ')'",
      }),
      search.createColumn({ name: 'internalid', sort: 'ASC' }),
    ];
    const out = { rows: [] };
    search
      .create({ type: 'customrecord_task', filters: [], columns: cols })
      .run()
      .each((r) => {
        out.rows.push(cols.slice(0, 5).map((c) => r.getValue(c)));
        return true;
      });
    out.months = search
      .create({
        type: 'customrecord_task',
        filters: [['name', 'is', 'One']],
        columns: [
          {
            name: 'formulanumeric',
            formula: "FLOOR(MONTHS_BETWEEN(TO_DATE('2026-11-05','YYYY-MM-DD'), {custrecord_t_due}))",
          },
        ],
      })
      .run()
      .getRange(0, 1)[0]
      .getValue({ name: 'formulanumeric' });
    out.cnt = search
      .create({
        type: 'customrecord_task',
        filters: [['formulanumeric: CASE WHEN {custrecord_t_hours} > 1.5 THEN 1 ELSE 0 END', 'equalto', '1']],
      })
      .runPaged().count;
    out.not = search
      .create({
        type: 'customrecord_task',
        filters: ['not', [['custrecord_t_cust', 'anyof', '501'], 'or', ['custrecord_t_hours', 'greaterthan', '3']]],
        columns: ['name'],
      })
      .run()
      .getRange({ start: 0, end: 5 })
      .map((r) => r.getValue('name'));
    return out;
  },
}));
