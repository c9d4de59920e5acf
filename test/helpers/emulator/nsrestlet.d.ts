declare module 'nsrestlet' {
  export interface Link {
    get(parameters: object): Promise<unknown>;
    post(body: object): Promise<unknown>;
  }
  export function createLink(account: object, url: { url: string }): Link;
}
