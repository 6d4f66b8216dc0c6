using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Web.Access;

/// <summary>Where people come in, go out, and land.</summary>
public static class SignIn
{
    public const string Path = "/connexion";
    public const string OutPath = "/deconnexion";

    /// <summary>The sign-in page that comes back to <paramref name="back"/>.</summary>
    public static string For(string back) => $"{Path}?retour={Uri.EscapeDataString(back)}";

    /// <summary>A path of this site, or null: nobody is sent elsewhere by a link.</summary>
    public static string? LocalPath(string? path) =>
        StaysHere(path) && Uri.TryCreate(new Uri("http://localhost"), path, out var uri) && string.Equals(uri.Host, "localhost", StringComparison.Ordinal) && StaysHere(uri.PathAndQuery)
            ? uri.PathAndQuery
            : null;

    /// <summary>Looked at before and after dots are resolved: /.//elsewhere becomes //elsewhere, which is a host.</summary>
    private static bool StaysHere(string? path) => path is ['/', ..] and not ['/', '/' or '\\', ..];

    /// <summary>The page that answers the first question of who has just come in.</summary>
    public static string StartOf(Actor actor) => actor switch
    {
        { IsAdministrator: true } => "/",
        _ when actor.Has(Role.Treasurer) => "/tresorerie",
        _ when actor.Has(Role.PlaceManager) => "/lieu",
        _ when actor.Has(Role.Animator) => "/cercle",
        _ when actor.Has(Role.Artisan) => "/atelier",
        _ when actor.Has(Role.Buyer) => "/commandes",
        _ => "/",
    };

    public static void MapMarketAccess(this IEndpointRouteBuilder app) =>
        app.MapPost(OutPath, async ([FromForm] string? retour, SignInManager<IdentityUser<Guid>> manager) =>
        {
            await manager.SignOutAsync();
            return Results.LocalRedirect(LocalPath(retour) ?? "/");
        }).ExcludeFromDescription();
}
