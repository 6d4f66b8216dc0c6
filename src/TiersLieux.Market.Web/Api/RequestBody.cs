using System.Text.Json;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Api;

/// <summary>Reads a JSON body so that what cannot be read is answered with a problem that names the field.</summary>
internal static class RequestBody
{
    private static readonly Reason NotJson = new("json-type", "Envoyez du JSON, avec l'en-tête Content-Type: application/json.", "Send JSON, with the header Content-Type: application/json.");

    /// <returns>The value, or the answer to give instead.</returns>
    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        if (!http.Request.HasJsonContentType()) return (null, NotJson.Problem(http, StatusCodes.Status415UnsupportedMediaType));
        // Whoever was before (the idempotency filter takes the body's hash) has read to the end.
        http.Request.Body.Position = 0;
        var options = http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, options, http.RequestAborted) is { } value
                ? (value, null)
                : (null, Unreadable("").Problem(http, StatusCodes.Status400BadRequest));
        }
        catch (JsonException exception)
        {
            return (null, Unreadable((exception.Path ?? "").TrimStart('$', '.')).Problem(http, StatusCodes.Status400BadRequest));
        }
    }

    private static Reason Unreadable(string field) => field.Length == 0
        ? new("json-unreadable", "Le corps de la demande n'est pas un objet JSON lisible.", "The body of the request is not a readable JSON object.")
        : new("json-unreadable", $"« {field} » n'a pas la forme attendue.", $"\"{field}\" does not have the expected form.") { Field = field };
}
