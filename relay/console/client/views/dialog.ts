import { h } from '../dom';

export interface Question {
  title: string;
  text: string;
  confirm: string;
  /** A field to fill in; its text is the answer. */
  field?: { label: string; value?: string; required?: boolean; rows?: number };
}

/** Asks in a dialog. Answers the text of the field (empty without one), or null when it was left. */
export function ask({ title, text, confirm, field }: Question): Promise<string | null> {
  return new Promise((resolve) => {
    const input = field
      ? field.rows === undefined
        ? h('input', { 'aria-label': field.label, value: field.value ?? '', required: field.required ?? false })
        : h(
            'textarea',
            { 'aria-label': field.label, rows: field.rows, spellcheck: 'false', required: field.required ?? false },
            field.value ?? '',
          )
      : null;
    const dialog = h(
      'dialog',
      { class: field?.rows === undefined ? '' : 'wide' },
      h(
        'form',
        { method: 'dialog', onsubmit: () => dialog.close('yes') },
        h('h2', {}, title),
        h('p', {}, text),
        input ? h('label', {}, field?.label, input) : null,
        h(
          'div',
          { class: 'buttons' },
          h('button', { type: 'button', onclick: () => dialog.close('') }, 'Leave'),
          h('button', { class: 'primary' }, confirm),
        ),
      ),
    );
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes' ? (input?.value ?? '') : null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
