using System.Net;
using MemOS.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace MemOS.Server.Auth;

/// <summary>Lets in who has the key, in any of the forms that clients send: <c>Bearer KEY</c>, <c>Token KEY</c> or the bare key.</summary>
internal sealed class RequestGate(RequestDelegate next, RequestGateOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (options.OnlyLocalNames && !IsLocalName(context.Request.Host.Host))
        {
            return FailureWriter.WriteAsync(context, new Failure(StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, "This server answers only under localhost."));
        }

        if (options.Key is not { } key || IsOpen(context.Request) || Holds(context.Request.Headers.Authorization, key))
        {
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return FailureWriter.WriteAsync(context, new Failure(
            StatusCodes.Status401Unauthorized, "unauthorized", "Send the key of this server in the header Authorization: Bearer KEY."));
    }

    private static bool IsOpen(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Path == "/health";

    private static bool Holds(StringValues header, AdminKey key)
    {
        if (header.Count != 1 || header[0] is not { Length: > 0 and <= 1024 } value)
        {
            return false;
        }

        ReadOnlySpan<char> offered = value.AsSpan().Trim();
        foreach (string scheme in (ReadOnlySpan<string>)["Bearer ", "Token "])
        {
            if (offered.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return key.Matches(offered[scheme.Length..].Trim());
            }
        }

        return key.Matches(offered);
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
