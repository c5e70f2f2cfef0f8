return await MemOS.Server.MemOSServer.RunAsync(args);
