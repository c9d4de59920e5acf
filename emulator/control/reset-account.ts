import type { ControlAnswer } from './call';

/** Back to the state after the deploy. */
export const resetAccount: ControlAnswer = ({ front }) => {
  front.reset();
  return { reset: true };
};
