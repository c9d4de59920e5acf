import { openBlackBox, type BlackBox } from '../../helpers/emulator/black-box';
import { runCode } from '../../helpers/emulator/run-code';

let box: BlackBox;
beforeAll(async () => {
  box = await openBlackBox();
});
afterAll(async () => box.close());

const FOLDERS = `
  const folder = (name, parent) => {
    const made = record.create({ type: 'folder' }).setValue('name', name);
    return (parent ? made.setValue('parent', parent) : made).save();
  };
  const refused = (work) => { try { return work(); } catch (error) { return error.name + ': ' + error.message; } };`;

describe('folders of the File Cabinet', () => {
  it('take their files and folders with them (section_3947389300)', async () => {
    const answer = await runCode(
      box,
      'record search file',
      `${FOLDERS}
       const outer = folder('Outer');
       const inner = folder('Inner', outer);
       const id = file.create({ name: 'a.txt', fileType: file.Type.PLAINTEXT, contents: 'a', folder: inner }).save();
       record.delete({ type: 'folder', id: outer });
       const left = (type, ids) => search.create({ type, filters: [['internalid', 'anyof', ids]], columns: ['name'] }).run().getRange(0, 9).length;
       return [left('folder', [outer, inner]), left('file', [id])];`,
    );
    expect(answer).toEqual([0, 0]);
  });

  /** The words are those that public scripts quote (digidotcom/NetSuite-Partner). */
  it('have names of their own within a folder, and keep them when they are saved again', async () => {
    const answer = await runCode(
      box,
      'record',
      `${FOLDERS}
       const first = folder('Twice');
       const again = record.load({ type: 'folder', id: first }).setValue('description', 'kept').save();
       return [again === first, refused(() => folder('twice')), typeof refused(() => folder('Twice', first)), refused(() => folder('SuiteScripts'))];`,
    );
    const words = 'USER_ERROR: A folder with the same name already exists in the selected folder.';
    expect(answer).toEqual([true, words, 'number', words]);
  });
});
