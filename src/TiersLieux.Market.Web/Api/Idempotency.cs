using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Requests;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Api;

/// <summary>
/// A POST with an Idempotency-Key is answered once: the same key and body give the stored answer, another body 422. What the operation writes carries an
/// id derived from caller and key (<see cref="OperationId"/>), so a kill between the operation and the stored answer repeats nothing either.
/// </summary>
public sealed class Idempotency(IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, TimeProvider clock) : IEndpointFilter
{
    private const int MaxKey = 255;
    private static readonly Reason BadKey = new("idempotency-key", $"Idempotency-Key : de 1 à {MaxKey} caractères.", $"Idempotency-Key: 1 to {MaxKey} characters.");
    private static readonly Reason OtherBody = new("idempotency-conflict", "Cette clé a déjà servi pour une autre demande. Prenez-en une nouvelle.", "This key was used for another request. Take a new one.");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue("Idempotency-Key", out var header)) return await next(context);
        var key = header.ToString();
        if (key.Length is 0 or > MaxKey) return BadKey.Problem(http, StatusCodes.Status400BadRequest);

        var caller = Caller(http);
        var hash = await HashAsync(http);
        await using (var db = await databases.CreateDbContextAsync(http.RequestAborted))
        {
            if (await db.Set<IdempotentRequest>().AsNoTracking().FirstOrDefaultAsync(r => r.Caller == caller && r.Key == key, http.RequestAborted) is { } known)
                return known.BodyHash == hash ? new Replay(known) : OtherBody.Problem(http, StatusCodes.Status422UnprocessableEntity);
        }

        var result = await next(context);
        return result is IResult answer ? new Recorded(answer, caller, key, hash, writer, clock) : result;
    }

    /// <summary>The id of what this request creates: the same for the same caller and key, a new one without a key.</summary>
    public static Guid OperationId(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var key)) return Guid.CreateVersion7();
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{Caller(http)}\n{http.Request.Path}\n{key}")).AsSpan(0, 16).ToArray();
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80); // Version 8: made by our own rule (RFC 9562).
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Caller(HttpContext http)
    {
        var person = CurrentActor.PersonId(http.User);
        // Strangers do not share their answers: a key is one of an address.
        return person == Guid.Empty ? $"anonymous {http.Connection.RemoteIpAddress}" : person.ToString("N");
    }

    private static async Task<string> HashAsync(HttpContext http)
    {
        // The endpoint's own binding has read the body: it was buffered for this.
        http.Request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0) hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The first answer, again.</summary>
    private sealed class Replay(IdempotentRequest known) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = known.Status;
            httpContext.Response.ContentType = known.ContentType;
            httpContext.Response.Headers["Idempotent-Replayed"] = "true";
            if (known.Location is { } location) httpContext.Response.Headers.Location = location;
            return httpContext.Response.WriteAsync(known.Body, httpContext.RequestAborted);
        }
    }

    /// <summary>Runs the answer, keeps what it wrote, then sends it. Trouble on our side (5xx) is not kept: the caller may try again.</summary>
    private sealed class Recorded(IResult answer, string caller, string key, string hash, IMarketWriter writer, TimeProvider clock) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var original = httpContext.Response.Body;
            using var copy = new MemoryStream();
            httpContext.Response.Body = copy;
            try
            {
                await answer.ExecuteAsync(httpContext);
            }
            finally
            {
                httpContext.Response.Body = original;
            }

            var response = httpContext.Response;
            if (response.StatusCode < StatusCodes.Status500InternalServerError)
            {
                try
                {
                    await writer.WriteAsync(
                        db => db.Add(new IdempotentRequest(caller, key, hash, response.StatusCode, response.ContentType, Encoding.UTF8.GetString(copy.ToArray()), response.Headers.Location, clock.UtcNow())),
                        CancellationToken.None);
                }
                catch (Exception exception) when (StorageErrors.IsDuplicate(exception))
                {
                    // The same request came twice at the same time; both did the same operation and give the same answer.
                }
            }

            copy.Position = 0;
            await copy.CopyToAsync(original, httpContext.RequestAborted);
        }
    }
}
