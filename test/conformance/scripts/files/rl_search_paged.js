/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/search'], (search) => ({
  post: ({ pageSize }) => {
    const paged = search
      .create({ type: 'customer', filters: [['companyname', 'startswith', 'Page']], columns: ['companyname'] })
      .runPaged({ pageSize });
    const pages = paged.pageRanges.map((range) => paged.fetch({ index: range.index }).data.length);
    return { count: paged.count, pages };
  },
}));
