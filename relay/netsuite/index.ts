export { makeAgent, makeRestletClient, restletUrl, type RestletClient } from './restlet-client';
export { oauth2Authorizer, TokenRefused, type OAuth2Credentials } from './token-source';
export { readPrivateKey, type AssertionAlgorithm } from './make-assertion';
export { signTba, baseString, type TbaCredentials } from './sign-tba';
export { tbaAuthorizer } from './tba-authorizer';
export { callUpsert, type UpsertOutcome } from './call-upsert';
export { makeBulkCalls, type BulkCalls } from './call-bulk';
export { answerRequests, readChanges, acknowledgeChanges } from './read-changes';
export type { Authorizer, CallFailure, FailureKind, RestletAnswer, RestletCall } from './types';
