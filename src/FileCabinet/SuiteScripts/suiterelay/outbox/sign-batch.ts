/** Standard Webhooks: the signature covers `id.timestamp.body` over the exact bytes sent (spec version 1, symmetric). */
export function signedContent(webhookId: string, timestampSeconds: number, body: string): string {
  return `${webhookId}.${timestampSeconds}.${body}`;
}

/** Headers of a signed batch. During rotation the new and the old signature stand side by side. */
export function batchHeaders(
  webhookId: string,
  timestampSeconds: number,
  signatures: string[],
): Record<string, string> {
  return {
    'Content-Type': 'application/cloudevents-batch+json; charset=utf-8',
    'webhook-id': webhookId,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.map((signature) => `v1,${signature}`).join(' '),
  };
}
