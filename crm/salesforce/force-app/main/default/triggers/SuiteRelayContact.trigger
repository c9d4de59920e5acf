// Sends contacts that were saved to the relay, after the transaction.
trigger SuiteRelayContact on Contact (after insert, after update, after undelete) {
    Set<Id> ids = new Set<Id>();
    for (Contact record : Trigger.new) {
        ids.add(record.Id);
    }
    SuiteRelayDispatch.send('Contact', ids);
}
