/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/crypto', 'N/encode', 'N/https'], (crypto, encode, https) => ({
  post: ({ payload }) => {
    const key = crypto.createSecretKey({ secret: 'custsecret_webhook', encoding: encode.Encoding.UTF_8 });
    const hmac = crypto.createHmac({ algorithm: crypto.HashAlg.SHA256, key });
    hmac.update({ input: JSON.stringify(payload), inputEncoding: encode.Encoding.UTF_8 });
    const signature = hmac.digest({ outputEncoding: encode.Encoding.BASE_64 });
    const response = https.post({
      url: 'https://hooks.example.com/in',
      body: JSON.stringify(payload),
      headers: { 'X-Signature': signature, 'Content-Type': 'application/json' },
    });
    return { code: response.code, body: JSON.parse(response.body) };
  },
}));
