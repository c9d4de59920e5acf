/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/file', 'N/encode', 'N/search'], (file, encode, search) => ({
  post: ({ name, base64 }) => {
    const contents = encode.convert({
      string: base64,
      inputEncoding: encode.Encoding.BASE_64,
      outputEncoding: encode.Encoding.UTF_8,
    });
    const id = file.create({ name, fileType: file.Type.CSV, contents, folder: -15, isOnline: true }).save();
    const total = [];
    file
      .load({ id })
      .lines.iterator()
      .each(({ value }) => total.push(Number(value.split(',')[1]) || 0) > 0);
    return { size: file.load({ id }).size, sum: total.reduce((a, b) => a + b, 0) };
  },
}));
