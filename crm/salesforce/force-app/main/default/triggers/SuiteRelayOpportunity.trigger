// Sends won opportunities that were saved to the relay, after the transaction.
trigger SuiteRelayOpportunity on Opportunity (after insert, after update, after undelete) {
    Set<Id> ids = new Set<Id>();
    for (Opportunity record : Trigger.new) {
        // An open opportunity is the sales department's alone.
        if (record.IsWon) {
            ids.add(record.Id);
        }
    }
    SuiteRelayDispatch.send('Opportunity', ids);
}
