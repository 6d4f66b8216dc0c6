using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>One API call: its transaction, the account that it acts for, its parameters.</summary>
internal sealed class Call(Work work, string account, Parameters parameters, RouteValueDictionary route)
{
    public Work Work { get; } = work;

    public string Account { get; } = account;

    public Parameters P { get; } = parameters;

    public string Id => Route("id");

    public string Route(string name) => (string)route[name]!;

    /// <summary>The object of this account that the address names.</summary>
    public JsonObject Target(string type) => Work.Get(Account, type, Id);

    /// <summary>An object of this account that a parameter names, or null when the parameter is absent.</summary>
    public JsonObject? Named(string type, string parameter) =>
        P.Text(parameter) is { Length: > 0 } id ? Work.Get(Account, type, id, P.Name(parameter)) : null;
}

internal delegate JsonNode Handler(Call call);
