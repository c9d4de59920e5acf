import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeKeyAndCertificate } from '../../../relay/cli/keygen/make-certificate';
import type { KeyKind } from '../../../relay/cli/keygen/make-certificate';

const now = new Date('2026-11-21T10:00:00Z');
const request = (kind: KeyKind, days = 730) => ({ kind, commonName: 'SuiteRelay Münster', days, now });

describe('keys and certificates for NetSuite', () => {
  test.each<KeyKind>(['rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521'])(
    '%s: the certificate is valid, self-signed and fits its key',
    (kind) => {
      const made = makeKeyAndCertificate(request(kind));
      const certificate = new X509Certificate(made.certificatePem);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
      expect(certificate.subject).toBe('CN=SuiteRelay Münster');
      expect(certificate.ca).toBe(false);
      expect(new Date(certificate.validFrom).toISOString()).toBe('2026-11-21T10:00:00.000Z');
      expect(new Date(certificate.validTo).toISOString()).toBe('2028-11-20T10:00:00.000Z');
      expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
      const message = Buffer.from('assertion');
      const signature = sign('sha256', message, made.privateKeyPem);
      expect(verify('sha256', message, createPublicKey(made.certificatePem), signature)).toBe(true);
    },
  );

  test('an RSA key has the 3,072 bits NetSuite asks for', () => {
    const { certificatePem } = makeKeyAndCertificate(request('rsa-3072'));
    expect(new X509Certificate(certificatePem).publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  test('a date after 2049 is written as RFC 5280 demands', () => {
    const { certificatePem } = makeKeyAndCertificate(request('ec-p256', 10_000));
    expect(new Date(new X509Certificate(certificatePem).validTo).getUTCFullYear()).toBe(2054);
  });

  const openssl = hasOpenssl() ? test : test.skip;
  openssl('another implementation reads and verifies it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'srl-cert-'));
    try {
      const file = path.join(folder, 'c.pem');
      writeFileSync(file, makeKeyAndCertificate({ ...request('rsa-3072'), now: new Date() }).certificatePem);
      expect(
        execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', file, file], { encoding: 'utf8' }),
      ).toContain('OK');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}
