using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class ConnectedAccountTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void It_receives_transfers_only_while_the_provider_says_so()
    {
        var account = ConnectedAccount.Create(Guid.NewGuid(), Now);
        Assert.False(account.CanReceive);
        account.Update(new AccountFacts("acct_1", CapabilityState.Pending, false, ["company.verification.document"]), Now);
        Assert.False(account.CanReceive);
        account.Update(new AccountFacts("acct_1", CapabilityState.Active, true, []), Now);
        Assert.True(account.CanReceive);
        account.Update(new AccountFacts("acct_1", CapabilityState.Inactive, false, ["external_account"]), Now.AddDays(1));
        Assert.False(account.CanReceive);
        Assert.Equal((Now.AddDays(1), "external_account"), (account.ReadAt, Assert.Single(account.RequirementsDue)));
    }

    [Fact]
    public void It_does_not_become_another_account()
    {
        var account = ConnectedAccount.Create(Guid.NewGuid(), Now);
        account.Update(new AccountFacts("acct_1", CapabilityState.Active, true, []), Now);
        Assert.IsType<StateChange.Refused>(account.Update(new AccountFacts("acct_2", CapabilityState.Active, true, []), Now));
        Assert.Equal("acct_1", account.StripeId);
    }
}
