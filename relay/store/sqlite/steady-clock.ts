/** What a clock that was set back is caught up with: a tenth of the time that passes. */
const CATCH_UP = 0.1;

/**
 * The machine's clock, never going back. Where it was set back, by hand or by NTP, time goes on from where it was and runs a tenth slower
 * until both agree: otherwise leases and retries would wait for as long as the clock was moved. Set forward, it is followed at once.
 */
export function steadyClock(wall: () => number = Date.now): () => number {
  let lastWall = wall();
  let ahead = 0;
  return () => {
    const at = wall();
    const passed = at - lastWall;
    ahead = passed < 0 ? ahead - passed : Math.max(0, ahead - passed * CATCH_UP);
    lastWall = at;
    return Math.round(at + ahead);
  };
}
