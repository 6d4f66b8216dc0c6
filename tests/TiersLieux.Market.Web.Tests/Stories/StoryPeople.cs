using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Web.Access;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>The programs of those who take part, by their tokens.</summary>
/// <param name="Artisans">One for each workshop's organisation.</param>
internal sealed record StoryPeople(string Buyer, string Treasurer, string Member, string Administrator, IReadOnlyList<string> Artisans)
{
    public static async Task<StoryPeople> OfAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var artisans = await db.Set<Person>()
            .Where(p => db.Set<Workshop>().Any(w => w.OrganisationId == p.OrganisationId) && db.Set<RoleGrant>().Any(r => r.PersonId == p.Id && r.Role == Role.Artisan))
            .OrderBy(p => p.Email).Select(p => new { p.Email, p.OrganisationId }).ToListAsync(TestContext.Current.CancellationToken);
        var tokens = services.GetRequiredService<ApiTokens>();
        async Task<string> TokenAsync(string email, params string[] scopes) =>
            Assert.IsType<ApiTokenResult.Created>(await tokens.CreateAsync(email, scopes, TestContext.Current.CancellationToken)).Token;

        var each = new List<string>();
        foreach (var artisan in artisans.DistinctBy(a => a.OrganisationId)) each.Add(await TokenAsync(artisan.Email, "orders:write"));
        return new StoryPeople(
            await TokenAsync("buyer@demo.invalid", "orders:write"),
            await TokenAsync("treasurer@demo.invalid", "treasury:write", "orders:read"),
            await TokenAsync("artisan@demo.invalid", "bookings:write"),
            await TokenAsync("admin@demo.invalid", "orders:write"),
            each);
    }
}
