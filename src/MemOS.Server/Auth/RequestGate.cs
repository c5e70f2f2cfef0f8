using System.Net;
using MemOS.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace MemOS.Server.Auth;

/// <summary>Lets in who has a key, in any of the forms that clients send, <c>Bearer KEY</c>, <c>Token KEY</c> or the bare key, and says what it opens.</summary>
internal sealed class RequestGate(RequestDelegate next, RequestGateOptions options)
{
    public Task InvokeAsync(HttpContext context, CallerVaults vaults)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (options.OnlyLocalNames && !(IsLocalName(context.Request.Host.Host) && IsLocalPage(context.Request.Headers.Origin)))
        {
            return FailureWriter.WriteAsync(context, new Failure(StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, "This server answers only under localhost, and only pages of localhost."));
        }

        if (IsOpen(context.Request))
        {
            return next(context);
        }

        Grant? found = GrantOf(context.Request.Headers.Authorization) ?? (options.KeyHeader is { } own ? GrantOf(context.Request.Headers[own]) : null);
        if (found is { } grant)
        {
            vaults.Admit(grant, Named(context.Request));
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return FailureWriter.WriteAsync(context, new Failure(
            StatusCodes.Status401Unauthorized, ErrorCodes.Unauthorized, "Send a key of this server in the header Authorization: Bearer KEY."));
    }

    private static bool IsOpen(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Path == "/health";

    // Names beyond ASCII come percent-encoded. Clients that can set no header write ?vault= behind the address.
    private static string? Named(HttpRequest request) => (request.Headers[CallerVaults.Header], request.Query["vault"]) switch
    {
        ({ Count: > 1 }, _) or (_, { Count: > 1 }) => throw new MemOSException(ErrorCodes.InvalidInput, $"Name one vault: {CallerVaults.Header} and ?vault= are given once."),
        ([{ Length: > 0 } name], _) => Uri.UnescapeDataString(name),
        (_, [{ Length: > 0 } inAddress]) => inAddress,
        _ => null,
    };

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    // Browsers name the page that sends a request. Without a key a form on any page could be sent here; who is no browser names none.
    private static bool IsLocalPage(StringValues origin) => origin.Count == 0 || (origin is [{ } page] && Uri.TryCreate(page, UriKind.Absolute, out Uri? from) && IsLocalName(from.Host));

    private Grant? GrantOf(StringValues header)
    {
        if (options.Admin is not { } admin)
        {
            return Grant.Admin;
        }

        if (header.Count != 1 || header[0] is not { Length: > 0 and <= 1024 } value)
        {
            return null;
        }

        ReadOnlySpan<char> offered = value.AsSpan().Trim();
        foreach (string scheme in (ReadOnlySpan<string>)["Bearer ", "Token "])
        {
            if (offered.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                offered = offered[scheme.Length..].Trim();
                break;
            }
        }

        return admin.Matches(offered) ? Grant.Admin : options.Keys.Find(offered) is { } key ? Grant.Of(key) : null;
    }
}
