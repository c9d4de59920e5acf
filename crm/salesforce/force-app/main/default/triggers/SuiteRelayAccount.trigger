// Sends accounts that were saved to the relay, after the transaction.
trigger SuiteRelayAccount on Account (after insert, after update, after undelete) {
    Set<Id> ids = new Set<Id>();
    for (Account record : Trigger.new) {
        ids.add(record.Id);
    }
    SuiteRelayDispatch.send('Account', ids);
}
