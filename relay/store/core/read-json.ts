/** A stored text as what it stands for; where it is damaged the other value, so that one bad row is no bad page. */
export function readJson<T>(text: string | null | undefined, otherwise: T): T {
  if (text === null || text === undefined) return otherwise;
  try {
    return JSON.parse(text) as T;
  } catch {
    return otherwise;
  }
}
