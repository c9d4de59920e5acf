import { XMLParser } from 'fast-xml-parser';
import { ProblemError } from '../problem';
import { holdsNul } from '../refuse-text';

export interface OutboundMessage {
  organizationId: string;
  notifications: { id: string; object: string; recordId: string }[];
}

/** Salesforce sends at most so many notifications in a message. */
const MAX_NOTIFICATIONS = 100;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: true,
});

/** Reads a SOAP 1.1 outbound message. Documents with a DTD are refused before parsing: no entity is ever defined or fetched. */
export function parseOutboundMessage(xml: string): OutboundMessage {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new ProblemError('validation-failed', 'A document type definition is not allowed in the message.');
  }
  if (holdsNul(xml))
    throw new ProblemError('validation-failed', 'The message holds the character U+0000, which XML has not.');
  const envelope = child(parse(xml), 'Envelope');
  const message = child(child(envelope, 'Body'), 'notifications');
  const notifications = asList(message['Notification']).map(readNotification);
  const organizationId = text(message['OrganizationId']);
  if (organizationId === '' || notifications.length === 0 || notifications.length > MAX_NOTIFICATIONS) {
    throw new ProblemError('validation-failed', 'The message must hold an OrganizationId and 1 to 100 notifications.');
  }
  return { organizationId, notifications };
}

/** What Salesforce repeats the message for until it comes. */
export const ACKNOWLEDGEMENT =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
  '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>' +
  '</soapenv:Body></soapenv:Envelope>';

type Node = Record<string, unknown>;

function parse(xml: string): Node {
  try {
    return parser.parse(xml) as Node;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError('validation-failed', `The body is not XML: ${reason.slice(0, 200)}`);
  }
}

function child(node: Node, name: string): Node {
  const found = node[name];
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Node;
  throw new ProblemError('validation-failed', `The message holds no ${name}.`);
}

const asList = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function readNotification(value: unknown): OutboundMessage['notifications'][number] {
  const node = value as Node;
  const record = child(node, 'sObject');
  const object = text(record['@type']).replace(/^.*:/, '');
  const notification = { id: text(node['Id']), object, recordId: text(record['Id']) };
  if (notification.id === '' || object === '' || notification.recordId === '') {
    throw new ProblemError(
      'validation-failed',
      'A notification lacks its Id, its object type or the Id of its record.',
    );
  }
  return notification;
}
