using System.CommandLine;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.CommandLine;

internal static class TokenCommands
{
    public static Command Token()
    {
        var user = new Option<string>("--user") { Required = true, Description = "Adresse de la personne au nom de qui le programme agit." };
        var scope = new Option<string[]>("--scope") { Required = true, AllowMultipleArgumentsPerToken = true, Description = "Ce que le jeton permet." };
        var create = new Command("create", "Crée un jeton d'accès à l'API et l'affiche, une seule fois.") { user, scope };
        create.SetAction((parsed, cancellation) => Offline.RunAsync(withGrains: false, async (services, stop) =>
        {
            switch (await services.GetRequiredService<ApiTokens>().CreateAsync(parsed.GetValue(user)!, parsed.GetValue(scope)!, stop))
            {
                case ApiTokenResult.Created(var token):
                    Console.WriteLine(token);
                    return MarketCommands.Done;
                case ApiTokenResult.Refused(var reason):
                    return await Offline.RefuseAsync(reason.French);
                default:
                    return MarketCommands.BadInput;
            }
        }, cancellation));
        return new Command("token", "Les jetons d'accès à l'API.") { create };
    }
}
