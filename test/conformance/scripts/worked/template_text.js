/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/render'], (render) => ({
  post() {
    const r = render.create();
    r.templateContent =
      'Dear ${cust.name}, total ${cust.total?string.currency}. <#list cust.tags as t>${t}-</#list>\n<#if cust.vip>YES<#else>NO</#if> ${cust.tags?size + 1}';
    r.addCustomDataSource({
      format: render.DataSource.OBJECT,
      alias: 'cust',
      data: { name: 'Acme', total: 25, tags: ['a', 'b'], vip: true },
    });
    return { text: r.renderAsString(), order: true };
  },
}));
