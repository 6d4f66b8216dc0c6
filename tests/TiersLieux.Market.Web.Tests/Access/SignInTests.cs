using Microsoft.AspNetCore.Http;
using TiersLieux.Market.Web.Access;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Access;

public class SignInTests
{
    [Theory]
    [InlineData("/commandes?x=1", "/commandes?x=1")]
    [InlineData("//evil.example/a", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("https://evil.example", null)]
    [InlineData("/.//evil.example", null)]
    [InlineData("/x/..//evil.example", null)]
    [InlineData("/a/../b", "/b")]
    [InlineData("commandes", null)]
    [InlineData(null, null)]
    public void Nobody_is_sent_elsewhere_after_signing_in(string? asked, string? expected) => Assert.Equal(expected, SignIn.LocalPath(asked));

    [Theory]
    [InlineData("GET", "/api/v1/offers", null)]
    [InlineData("POST", "/api/v1/quotes", null)]
    [InlineData("GET", "/api/v1/orders/CMD-2026-000001", "orders:read")]
    [InlineData("GET", "/API/V1/Orders", "orders:read")]
    [InlineData("GET", "/api/v1/something-new", "treasury:read")]
    [InlineData("GET", "/pay/CMD-2026-000001", "orders:write")]
    [InlineData("GET", "/pay/reservation/RES-2026-000001", "bookings:write")]
    [InlineData("POST", "/api/v1/orders", "orders:write")]
    [InlineData("GET", "/api/v1/invoices/F-2026-000001.pdf", "orders:read")]
    [InlineData("DELETE", "/api/v1/bookings/1", "bookings:write")]
    [InlineData("POST", "/api/v1/statements", "treasury:write")]
    [InlineData("POST", "/api/v1/something-new", "treasury:write")]
    public void Each_call_has_its_scope(string method, string path, string? scope) => Assert.Equal(scope, TokenScopes.Needed(method, new PathString(path)));

    [Fact]
    public void Writing_implies_reading_and_not_the_other_way()
    {
        Assert.True(TokenScopes.Grants(["orders:write"], "orders:read"));
        Assert.False(TokenScopes.Grants(["orders:read"], "orders:write"));
        Assert.False(TokenScopes.Grants(["bookings:write"], "orders:read"));
    }
}
