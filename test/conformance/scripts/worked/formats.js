/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/format'], (format) => ({
  post() {
    const d = new Date(2026, 10, 22, 15, 4, 5);
    const g = (f) => {
      try {
        return f();
      } catch (e) {
        return 'x';
      }
    };
    const p = format.parse({ value: '1/5/2026', type: format.Type.DATE });
    return {
      d: format.format({ value: d, type: format.Type.DATE }),
      dt: format.format({ value: d, type: format.Type.DATETIME }),
      tz: format.format({
        value: new Date(Date.UTC(2026, 10, 22, 23, 4, 5)),
        type: format.Type.DATETIME,
        timezone: format.Timezone.AMERICA_NEW_YORK,
      }),
      cur: format.format({ value: 1234.5, type: format.Type.CURRENCY }),
      num: format.parse({ value: '1,234.50', type: format.Type.CURRENCY }),
      pct: format.format({ value: 12.5, type: format.Type.PERCENT }),
      chk: format.format({ value: true, type: format.Type.CHECKBOX }),
      parsed: [p.getFullYear(), p.getMonth(), p.getDate()],
      tod: format.format({ value: d, type: format.Type.TIMEOFDAY }),
      bad: g(() => format.parse({ value: 'zzz', type: 'date' })),
      int: format.parse({ value: '12', type: format.Type.INTEGER }),
    };
  },
}));
