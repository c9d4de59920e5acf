/** A small valid project as files; tests change one thing and look at what validation says. */
export const projectFiles = (changes: Record<string, string | null> = {}): Map<string, Uint8Array> => {
  const files: Record<string, string | null> = { ...BASE, ...changes };
  const encoder = new TextEncoder();
  return new Map(
    Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, encoder.encode(text)] as const])),
  );
};

export const RESTLET = `<restlet scriptid="customscript_orders">
  <name>Orders</name>
  <scriptfile>[/SuiteScripts/orders/orders.js]</scriptfile>
  <scriptcustomfields>
    <scriptcustomfield scriptid="custscript_reserve"><label>Reserve</label><fieldtype>INTEGER</fieldtype><defaultvalue>200</defaultvalue></scriptcustomfield>
    <scriptcustomfield scriptid="custscript_strict"><label>Strict</label><fieldtype>CHECKBOX</fieldtype><defaultchecked>T</defaultchecked></scriptcustomfield>
    <scriptcustomfield scriptid="custscript_state"><label>State</label><fieldtype>SELECT</fieldtype><selectrecordtype>[scriptid=customlist_state]</selectrecordtype><defaultselection>[scriptid=customlist_state.val_sent]</defaultselection></scriptcustomfield>
  </scriptcustomfields>
  <scriptdeployments>
    <scriptdeployment scriptid="customdeploy_orders">
      <title>Orders</title><status>RELEASED</status><loglevel>AUDIT</loglevel>
      <custscript_reserve>350</custscript_reserve>
    </scriptdeployment>
  </scriptdeployments>
</restlet>`;

const BASE: Record<string, string> = {
  'manifest.xml': `<manifest projecttype="ACCOUNTCUSTOMIZATION"><projectname>Orders</projectname><frameworkversion>1.0</frameworkversion>
  <dependencies><features><feature required="true">CUSTOMRECORDS</feature><feature required="true">SERVERSIDESCRIPTING</feature></features></dependencies></manifest>`,
  'deploy.xml':
    '<deploy><files><path>~/FileCabinet/SuiteScripts/*</path></files><objects><path>~/Objects/*</path></objects></deploy>',
  'Objects/customscript_orders.xml': RESTLET,
  'Objects/customlist_state.xml': `<customlist scriptid="customlist_state"><name>State</name><customvalues>
    <customvalue scriptid="val_new"><value>New</value></customvalue><customvalue scriptid="val_sent"><value>Sent</value></customvalue></customvalues></customlist>`,
  'Objects/customrecord_order_log.xml': `<customrecordtype scriptid="customrecord_order_log"><recordname>Order Log</recordname><accesstype>USEPERMISSIONLIST</accesstype>
    <customrecordcustomfields><customrecordcustomfield scriptid="custrecord_log_state"><label>State</label><fieldtype>SELECT</fieldtype>
    <selectrecordtype>[scriptid=customlist_state]</selectrecordtype><ismandatory>T</ismandatory></customrecordcustomfield></customrecordcustomfields>
    <permissions><permission><permittedrole>[scriptid=customrole_orders]</permittedrole><permittedlevel>EDIT</permittedlevel></permission></permissions></customrecordtype>`,
  'Objects/customrole_orders.xml': `<role scriptid="customrole_orders"><name>Orders</name><centertype>BASIC</centertype><permissions>
    <permission><permkey>TRAN_SALESORD</permkey><permlevel>VIEW</permlevel></permission>
    <permission><permkey>[scriptid=customrecord_order_log]</permkey><permlevel>EDIT</permlevel></permission></permissions></role>`,
  'Objects/custentity_crm_key.xml': `<entitycustomfield scriptid="custentity_crm_key"><label>CRM key</label><fieldtype>TEXT</fieldtype><maxlength>40</maxlength>
    <appliestocustomer>T</appliestocustomer><appliestocontact>T</appliestocontact></entitycustomfield>`,
  'Objects/custcol_crm_line.xml': `<transactioncolumncustomfield scriptid="custcol_crm_line"><label>CRM line</label><fieldtype>TEXT</fieldtype><colsale>T</colsale></transactioncolumncustomfield>`,
  'FileCabinet/SuiteScripts/orders/orders.js': `/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/runtime', './lib/echo'], (runtime, echo) => ({ post: (body) => {
  const script = runtime.getCurrentScript();
  const value = (name) => script.getParameter({ name });
  return echo({ body, reserve: value('custscript_reserve'), strict: value('custscript_strict'), state: value('custscript_state'), unknown: value('custscript_none'), level: script.logLevel });
}}));`,
  'FileCabinet/SuiteScripts/orders/lib/echo.js': 'define([], () => (value) => value);',
};
