using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.CommandLine;

internal static class UserCommands
{
    public static Command User()
    {
        var email = new Option<string>("--email") { Required = true, Description = "Adresse électronique, qui sert d'identifiant." };
        var name = new Option<string>("--name") { Required = true, Description = "Nom affiché." };
        var role = new Option<Role?>("--role") { Description = "Rôle dans le consortium, par exemple Administrator ou Treasurer." };
        var create = new Command("create", "Crée une personne ; le mot de passe est lu sur l'entrée standard.") { email, name, role };
        create.SetAction((parsed, cancellation) => Offline.RunAsync(withGrains: false, (services, stop) =>
            CreateAsync(services, parsed.GetValue(email)!.Trim(), parsed.GetValue(name)!.Trim(), parsed.GetValue(role), stop), cancellation));
        return new Command("user", "Les personnes.") { create };
    }

    private static async Task<int> CreateAsync(IServiceProvider services, string email, string name, Role? role, CancellationToken cancellation)
    {
        var password = (await Console.In.ReadLineAsync(cancellation))?.Trim() ?? "";
        var user = new IdentityUser<Guid>(email) { Id = Guid.CreateVersion7(), Email = email, EmailConfirmed = true };
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser<Guid>>>();
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } weak)
                return await Offline.RefuseAsync($"Mot de passe : {string.Join(' ', weak.Errors.Select(e => e.Description))}");
        }

        await using (var db = await services.GetRequiredService<IDbContextFactory<MarketDbContext>>().CreateDbContextAsync(cancellation))
        {
            if (await db.Set<Person>().AnyAsync(p => p.Email == email, cancellation)) return await Offline.RefuseAsync($"{email} existe déjà.");
        }

        user.NormalizedEmail = user.NormalizedUserName = users.NormalizeEmail(email);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.LockoutEnabled = true;
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        var now = services.GetRequiredService<TimeProvider>().UtcNow();
        await services.GetRequiredService<IMarketWriter>().WriteAsync(db =>
        {
            db.Add(user);
            db.Add(new Person(user.Id, email, name, "fr", null));
            if (role is { } granted) db.Add(new RoleGrant(Guid.CreateVersion7(), user.Id, granted, RoleScope.Consortium, null));
            db.Add(new AuditEntry(now, Guid.Empty, "ligne de commande", "person", user.Id, "created", null, role?.ToString()));
        }, cancellation);
        Console.WriteLine(user.Id);
        return MarketCommands.Done;
    }
}
