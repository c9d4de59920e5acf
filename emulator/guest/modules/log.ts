import type { Guest, ModuleFactory } from '../types';

const TITLE_LENGTH = 99;
const DETAILS_LENGTH = 3999;
const LEVELS = ['DEBUG', 'AUDIT', 'ERROR', 'EMERGENCY'];

/** N/log (page section_4574548135): never throws, 0 units; titles are cut at 99 and details at 3,999 characters (section_N3352137). */
export const createLogModule: ModuleFactory = (guest) => {
  const writer = (level: string) => (first?: unknown, details?: unknown) => {
    const options =
      first !== null && typeof first === 'object' && !Array.isArray(first)
        ? (first as { title?: unknown; details?: unknown })
        : { title: first, details };
    write(guest, level, options.title, options.details);
  };
  return Object.freeze({
    debug: writer('DEBUG'),
    audit: writer('AUDIT'),
    error: writer('ERROR'),
    emergency: writer('EMERGENCY'),
  });
};

function write(guest: Guest, level: string, title: unknown, details: unknown): void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(guest.info.logLevel)) return;
  const shownTitle = title === undefined || title === null || title === '' ? 'Untitled' : text(title);
  guest.syscall('log.write', {
    level,
    title: shownTitle.slice(0, TITLE_LENGTH),
    details: details === undefined ? '' : text(details).slice(0, DETAILS_LENGTH),
  });
}

/** Objects are JSON, JavaScript errors what they print, everything else its text. */
function text(value: unknown): string {
  if (value instanceof Error) return String(value);
  if (value === null || typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
