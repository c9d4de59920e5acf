/** Whether the relay is on its way down; shared by everything that must then accept nothing new. */
export class StopState {
  #stopping = false;

  begin(): void {
    this.#stopping = true;
  }

  readonly isStopping = (): boolean => this.#stopping;
}
