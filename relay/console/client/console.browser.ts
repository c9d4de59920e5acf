import { forgetKey, savedKey } from './api';
import { startApp } from './app';
import { signIn } from './views/sign-in';

const root = document.getElementById('app');
if (root) open(root);

/** The console behind its key; without one, or with one that is refused, the page that asks for it. */
function open(at: HTMLElement): void {
  if (savedKey() === null) signIn(at, () => open(at));
  else
    startApp(at, () => {
      forgetKey();
      open(at);
    });
}
