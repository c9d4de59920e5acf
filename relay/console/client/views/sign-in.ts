import { api, ApiError, forgetKey, saveKey } from '../api';
import { h, replace } from '../dom';

/** Asks for an administrator's key and tries it. */
export function signIn(root: HTMLElement, done: () => void): void {
  const field = h('input', {
    type: 'password',
    id: 'key',
    autocomplete: 'current-password',
    placeholder: 'srl_…',
    required: true,
  });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const enter = async () => {
    saveKey(field.value.trim());
    try {
      await api.overview();
      done();
    } catch (error) {
      forgetKey();
      const refused = error instanceof ApiError && (error.status === 401 || error.status === 403);
      problem.textContent = refused
        ? 'This is not an administrator key of this relay.'
        : `The relay did not answer: ${String(error)}`;
      field.select();
    }
  };
  replace(
    root,
    h(
      'form',
      {
        class: 'sign-in',
        onsubmit: (event) => {
          event.preventDefault();
          void enter();
        },
      },
      h('div', { class: 'brand' }, h('span', { class: 'mark' }), 'SuiteRelay'),
      h('label', { for: 'key' }, 'Administrator key'),
      field,
      h('button', { class: 'primary' }, 'Open the console'),
      problem,
      h('p', { class: 'hint' }, 'A key whose actions include ', h('code', {}, 'admin'), '. It stays in this tab.'),
    ),
  );
  field.focus();
}
