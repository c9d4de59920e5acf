/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/xml'], (xml) => ({
  post() {
    const d = xml.Parser.fromString({ text: '<o id="7"><l><sku>A</sku></l><l><sku>B</sku></l><m>x &amp; y</m></o>' });
    const n = xml.XPath.select({ node: d, xpath: '/o/l' });
    return {
      n: n.length,
      skus: n.map((x) => x.getElementsByTagName({ tagName: 'sku' })[0].textContent),
      attr: d.documentElement.getAttribute({ name: 'id' }),
      text: xml.XPath.select({ node: d, xpath: '//m' })[0].textContent,
      esc: xml.escape({ xmlText: '<a>' }),
    };
  },
}));
