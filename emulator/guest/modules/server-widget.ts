import { unsupported } from '../errors';
import { defineLazy } from '../lazy';
import type { ModuleFactory } from '../types';
import { requireArguments, type Options } from './arguments';
import { WIDGET_ENUMS } from './widget/enums';
import { createForm } from './widget/form';
import { createList } from './widget/list';
import { listOptionsOf } from './widget/list-options';

/** N/ui/serverWidget (page section_4321345532): pages as data; `writePage` prints them as plain HTML. Assistants are not there. */
export const createServerWidgetModule: ModuleFactory = (guest) => {
  const widget = {
    createForm: (options: Options) => {
      requireArguments('serverWidget.createForm', options ?? {}, ['title']);
      return createForm(String(options.title), (source) => listOptionsOf(guest, source));
    },
    createList: (options: Options) => {
      requireArguments('serverWidget.createList', options ?? {}, ['title']);
      return createList(String(options.title));
    },
    createAssistant: () => {
      throw unsupported('serverWidget.createAssistant');
    },
  };
  for (const [name, make] of Object.entries(WIDGET_ENUMS)) defineLazy(widget, name, make);
  return widget;
};
