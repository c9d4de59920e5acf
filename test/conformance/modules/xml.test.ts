import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';

const ORDER = `<?xml version="1.0"?><o:order xmlns:o="urn:o" id="7"><!-- two lines --><line no="1"><sku>A &amp; B</sku><qty>2</qty></line><line no="2"><sku><![CDATA[<C>]]></sku><qty>5</qty></line></o:order>`;

async function run(code: string): Promise<unknown> {
  const account = await openDeployedAccount({
    scripts: [restletSpec('x', ['N/xml'], `const doc = xml.Parser.fromString({text: args.text}); ${code}`)],
  });
  try {
    const { body, error } = await postTo(account, 'x', { text: ORDER });
    return error ?? body;
  } finally {
    await account.close();
  }
}

describe('N/xml (section_4344890411)', () => {
  it('parses, walks and selects', async () => {
    const body = await run(`
      const text = (xpath) => xml.XPath.select({node: doc, xpath}).map((n) => n.textContent);
      const root = doc.documentElement;
      return [root.nodeName, root.localName, root.namespaceURI, root.getAttribute({name: 'id'}), root.getElementsByTagName({tagName: 'line'}).length,
        text('//sku'), text('/o:order/line[2]/qty'), text("//line[@no='1']/sku"), text('//line[qty=5]/@no'), text('//nlapi:qty[last()]'), text('//line[sku="A & B"]/sku/text()'), xml.XPath.select({node: root.lastChild, xpath: 'qty'})[0].textContent]`);
    expect(body).toEqual([
      'o:order',
      'order',
      'urn:o',
      '7',
      2,
      ['A & B', '<C>'],
      ['5'],
      ['A & B'],
      ['2'],
      ['2', '5'],
      ['A & B'],
      '5',
    ]);
  });

  it('builds and writes documents', async () => {
    const body = await run(`
      const line = doc.createElement({tagName: 'line'});
      line.setAttribute({name: 'no', value: '3"'});
      line.appendChild({newChild: doc.createTextNode({data: 'x < y'})});
      const root = doc.documentElement;
      root.removeChild({oldChild: root.firstChild});
      root.replaceChild({newChild: line, oldChild: root.firstChild});
      root.removeChild({oldChild: root.lastChild});
      return [xml.Parser.toString({document: doc}), xml.escape({xmlText: '<a b="c">'})]`);
    expect(body).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?><o:order xmlns:o="urn:o" id="7"><line no="3&quot;">x &lt; y</line></o:order>',
      '&lt;a b=&quot;c&quot;&gt;',
    ]);
  });

  it('refuses what is not well-formed, and XPath it does not know, by name', async () => {
    const body = await run(`const of = (f) => { try { return f() } catch (e) { return e.name } };
      return [of(() => xml.Parser.fromString({text: '<a><b></a>'})), of(() => xml.Parser.fromString({text: '<a>&nope;</a>'})), of(() => xml.Parser.fromString({})), of(() => xml.XPath.select({node: doc, xpath: 'count(//line)'}))]`);
    expect(body).toEqual([
      'SSS_XML_DOM_EXCEPTION',
      'SSS_XML_DOM_EXCEPTION',
      'SSS_MISSING_REQD_ARGUMENT',
      'EMULATOR_UNSUPPORTED',
    ]);
  });
});
