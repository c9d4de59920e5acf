/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/crypto', 'N/encode'], (crypto, encode) => ({
  post() {
    const h = crypto.createHash({ algorithm: crypto.HashAlg.SHA256 });
    h.update({ input: 'abc' });
    const b = encode.convert({
      string: 'Hello',
      inputEncoding: encode.Encoding.UTF_8,
      outputEncoding: encode.Encoding.BASE_64,
    });
    return {
      sha: h.digest({ outputEncoding: encode.Encoding.HEX }).toLowerCase(),
      b64: b,
      back: encode.convert({ string: b, inputEncoding: 'BASE_64', outputEncoding: 'UTF_8' }),
    };
  },
}));
